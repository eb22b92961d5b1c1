package dev.sesame.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.lang.syntax.elements.GivenClasses;
import dev.sesame.event.EventBody;
import org.junit.jupiter.api.Test;

class HabitsTest {

    @Test
    void nothingIsInjectedIntoFields() {
        noFields()
                .should()
                .beAnnotatedWith("jakarta.inject.Inject")
                .orShould()
                .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")
                .because("what an object needs is in its one constructor, where a test can give it")
                .check(ProductClasses.ALL);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Service|Manager|Helper|Impl|Utils?)(\\$.*)?")
                .because("such a name says nothing: name it by what it is or does (facades take the plural)")
                .check(ProductClasses.ALL);
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..model..", "..service..")
                .because("packages are by feature")
                .check(ProductClasses.ALL);
    }

    @Test
    void onlyTheCommandLineEndsTheProcess() {
        outside("app", "agent.demo.process")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .because("everyone else throws, and dev.sesame.app decides what becomes of the process")
                .check(ProductClasses.ALL);
    }

    @Test
    void onlyAFewFeaturesStartProcesses() {
        outside("sandbox", "git", "agent", "app")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .because("a process that nobody owns outlives its task: use a SandboxProvider or Git")
                .check(ProductClasses.ALL);
        noClasses()
                .should()
                .callMethod(Runtime.class, "exec", String.class)
                .orShould()
                .callMethod(Runtime.class, "exec", String[].class)
                .because("ProcessBuilder takes arguments one by one and has no shell")
                .check(ProductClasses.ALL);
    }

    @Test
    void onlyATaskSaysWhatTheUserSaid() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.sesame.task..", "dev.sesame.event..")
                .should()
                .callConstructor(EventBody.Log.class, EventBody.LogType.class, String.class, String.class)
                .because("a follow-up is told from an agent's log line by this id")
                .check(ProductClasses.ALL);
    }

    @Test
    void onlyTheCommandLineAndTheDemoAgentPrint() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.sesame.app..", "dev.sesame.agent.demo..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("a server speaks through its log (System.Logger) and its events")
                .check(ProductClasses.ALL);
    }

    @Test
    void thereIsOneWayToLog() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.jboss.logging..", "org.apache..log..")
                .because("System.Logger is in the JDK and ends in the same log")
                .check(ProductClasses.ALL);
    }

    @Test
    void threadsThatWaitAreVirtualOrNamed() {
        noClasses()
                .should()
                .callMethod(java.util.concurrent.Executors.class, "newCachedThreadPool")
                .orShould()
                .callMethod(
                        java.util.concurrent.CompletableFuture.class, "supplyAsync", java.util.function.Supplier.class)
                .orShould()
                .callMethod(java.util.concurrent.CompletableFuture.class, "runAsync", Runnable.class)
                .because("nobody owns the common pool: give the executor, or start a virtual thread")
                .check(ProductClasses.ALL);
    }

    private static com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction outside(String... features) {
        String[] packages = java.util.Arrays.stream(features)
                .map(feature -> ProductClasses.ROOT + "." + feature + "..")
                .toArray(String[]::new);
        GivenClasses none = noClasses();
        return none.that().resideOutsideOfPackages(packages);
    }
}
