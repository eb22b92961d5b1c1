import { admin } from "./admin";
import { auth } from "./auth";
import { common } from "./common";
import { diff } from "./diff";
import { settings } from "./settings";
import { shell } from "./shell";
import { tasks } from "./tasks";
import { terminal } from "./terminal";
import { transcript } from "./transcript";
import { welcome } from "./welcome";

/** Every English text of the UI, by part. A translation is another object of this shape. */
export const texts = { common, auth, shell, tasks, transcript, diff, terminal, settings, admin, welcome };
