import { Hub } from "./Hub";
import type { Connection } from "./connection";
import type { Port, ToHub, ToTab } from "./protocol";

/** Whoever holds this lock has the hub. */
const LEAD = "sesame-live-lead";
/** So long a page that is looked at waits for a sign of the hub, whose tab the browser may have put to sleep. */
const PATIENCE = 3_000;

type Said =
  | { type: "leads" }
  | { type: "hub"; from: string; message: ToHub }
  | { type: "tab"; to: string; message: ToTab }
  | { type: "ask" }
  | { type: "here" };

/**
 * Where there is no SharedWorker: the hub is in one of the tabs, the others reach it through a channel. When that tab
 * is gone or asleep another takes over, and all say again what they read and how far they have come.
 */
export class AmongTabs implements Connection {
  private readonly id = crypto.randomUUID();
  private readonly channel = new BroadcastChannel("sesame-live");
  private readonly subscribed = new Map<string, Extract<ToHub, { type: "subscribe" }>>();
  private readonly ports = new Map<string, Port>();
  /** Nothing is said before our lock is held, or who has the hub would get it and think that we are gone. */
  private readonly alive = new Promise<void>((held) => {
    void navigator.locks.request(this.lock(this.id), () => {
      held();
      return new Promise(() => {}); // as long as the tab lives
    });
  });
  private hub: Hub | undefined;
  private doubt: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly receive: (message: ToTab) => void) {
    this.channel.onmessage = ({ data }: MessageEvent<Said>) => this.heard(data);
    this.queue();
    document.addEventListener("visibilitychange", () => this.ask());
    this.ask();
  }

  send(message: ToHub) {
    if (message.type === "subscribe") this.subscribed.set(message.stream, message);
    if (message.type === "unsubscribe") this.subscribed.delete(message.stream);
    if (this.hub) this.hub.receive(this.port(this.id), message);
    else this.say({ type: "hub", from: this.id, message });
  }

  private heard(said: Said) {
    clearTimeout(this.doubt);
    if (said.type === "leads") this.again();
    else if (said.type === "tab" && said.to === this.id) this.got(said.message);
    else if (said.type === "hub") this.hub?.receive(this.port(said.from), said.message);
    else if (said.type === "ask" && this.hub) this.say({ type: "here" });
  }

  private got(message: ToTab) {
    const known = this.subscribed.get(message.stream);
    if (known && message.type === "events") known.after = Math.max(known.after, message.last);
    if (known && message.type === "restart") known.after = -1;
    this.receive(message);
  }

  /** Until the tab ends, or another takes the lock away. */
  private lead(): Promise<never> {
    clearTimeout(this.doubt);
    this.hub = new Hub();
    this.say({ type: "leads" });
    this.again();
    return new Promise(() => {});
  }

  private again() {
    this.subscribed.forEach((message) => this.send({ ...message, visible: !document.hidden }));
  }

  private port(tab: string): Port {
    const known = this.ports.get(tab);
    if (known) return known;
    const port: Port = {
      send: (message) => (tab === this.id ? this.got(message) : this.say({ type: "tab", to: tab, message })),
    };
    this.ports.set(tab, port);
    if (tab !== this.id) {
      void navigator.locks.request(this.lock(tab), () => {
        this.ports.delete(tab);
        this.hub?.drop(port);
      });
    }
    return port;
  }

  private ask() {
    clearTimeout(this.doubt);
    if (this.hub || document.hidden) return;
    this.say({ type: "ask" });
    this.doubt = setTimeout(() => this.take(), PATIENCE);
  }

  private take() {
    if (this.hub) return;
    void navigator.locks.request(LEAD, { steal: true }, () => this.lead()).catch(() => this.retire());
  }

  /** Another tab has the hub now. */
  private retire() {
    this.hub?.receive(this.port(this.id), { type: "forget" });
    this.hub = undefined;
    this.ports.clear();
    this.again();
    this.queue();
  }

  private queue() {
    void navigator.locks.request(LEAD, () => this.lead()).catch(() => this.retire());
  }

  private lock(tab: string) {
    return `sesame-tab-${tab}`;
  }

  private say(said: Said) {
    void this.alive.then(() => this.channel.postMessage(said));
  }
}
