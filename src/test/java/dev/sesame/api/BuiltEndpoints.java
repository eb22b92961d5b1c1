package dev.sesame.api;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import dev.sesame.http.Routes;
import dev.sesame.rules.ProductClasses;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The endpoints in the compiled classes, where nothing hides that a text search of the sources would not see.
final class BuiltEndpoints {

    private BuiltEndpoints() {}

    /// Operations of JAX-RS, like `GET /api/tasks/{taskId}`.
    static Set<String> resources() {
        return types().filter(type -> type.isAnnotatedWith(Path.class))
                .map(BuiltEndpoints::loaded)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods())
                        .flatMap(method -> verbs(method)
                                .map(verb -> verb + " "
                                        + type.getAnnotation(Path.class).value() + below(method))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Methods for which [#resources] has no operation, although JAX-RS may have one: in a type without a path,
    /// or with a path but no verb.
    static Set<String> unseenMethods() {
        return types().flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class)
                        ? !method.getOwner().isAnnotatedWith(Path.class)
                        : method.isAnnotatedWith(Path.class))
                .map(JavaMethod::getFullName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// How often a route is made with [Routes].
    static long callsOfRoutes() {
        return accesses(Routes.class).count();
    }

    /// Who makes a route without [Routes], and how; `Edge.route()` is one for every path.
    static Set<String> callsOfRouters() {
        return accesses(Router.class)
                .map(access -> access.getOriginOwner().getSimpleName() + "."
                        + access.getTarget().getFullName().replaceFirst("^[\\w.$]+\\.(?=\\w+\\()", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// What is done with routes once they are made.
    static Set<String> callsOfRoute() {
        return accesses(Route.class)
                .map(access -> access.getTarget().getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<JavaAccess<?>> accesses(Class<?> of) {
        return types().filter(type -> !type.isEquivalentTo(of))
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isAssignableTo(of));
    }

    private static Stream<JavaClass> types() {
        return ProductClasses.ALL.stream();
    }

    private static Class<?> loaded(JavaClass type) {
        try {
            return Class.forName(type.getName(), false, BuiltEndpoints.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<String> verbs(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(annotation -> annotation.isAnnotationPresent(HttpMethod.class))
                .map(annotation -> annotation.getAnnotation(HttpMethod.class).value());
    }

    private static String below(Method method) {
        Path path = method.getAnnotation(Path.class);
        return path == null ? "" : "/" + path.value().replaceFirst("^/", "");
    }
}
