import { useState } from "react";
import { notificationsOn, setNotifications } from "@/app/notifications";
import { setTheme, type Theme, useTheme } from "@/app/theme";
import { texts } from "@/texts";
import { SelectField } from "@/ui/Field";
import { Page, Section } from "@/ui/Page";
import { Switch } from "@/ui/Switch";
import { say } from "@/ui/Toast";

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
      <Section title={texts.settings.notifications}>
        <Notifications />
      </Section>
    </Page>
  );
}

function Notifications() {
  const [on, setOn] = useState(notificationsOn);
  const change = async (wanted: boolean) => {
    const now = await setNotifications(wanted);
    setOn(now);
    if (wanted && !now) say.info(texts.settings.notificationsRefused);
  };
  return (
    <Switch
      label={texts.settings.notify}
      hint={texts.settings.notifyHint}
      checked={on}
      onChange={(wanted) => void change(wanted)}
    />
  );
}
