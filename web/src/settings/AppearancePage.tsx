import { setTheme, type Theme, useTheme } from "@/app/theme";
import { texts } from "@/texts";
import { SelectField } from "@/ui/Field";
import { Page, Section } from "@/ui/Page";

const OPTIONS = (Object.keys(texts.shell.themes) as Theme[]).map((value) => ({
  value,
  label: texts.shell.themes[value],
}));

export function AppearancePage() {
  const theme = useTheme();
  return (
    <Page title={texts.settings.appearance}>
      <Section title={texts.shell.theme} description={texts.settings.themeHint}>
        <SelectField
          label={texts.shell.theme}
          hideLabel
          options={OPTIONS}
          value={theme}
          onChange={(event) => setTheme(event.target.value as Theme)}
          className="max-w-60"
        />
      </Section>
    </Page>
  );
}
