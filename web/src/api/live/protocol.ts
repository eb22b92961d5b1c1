/** What tabs and the hub say to each other. A stream is named by its path, below an owner: the user it is read for. */
export type ToHub =
  | { type: "subscribe"; stream: string; owner: string; path: string; after: number; visible: boolean }
  | { type: "unsubscribe"; stream: string }
  | { type: "visible"; visible: boolean }
  | { type: "forget" };

export type StreamState =
  | "connecting"
  | "open"
  | "reconnecting"
  /** Nothing more can come for now. */
  | "ended"
  /** Too many streams are open; it goes on when its tab is looked at. */
  | "paused"
  | "denied";

export type ToTab =
  /** `json` is an array of the events' data, in order; `last` is the id of the newest. */
  | { type: "events"; stream: string; json: string; last: number }
  | { type: "state"; stream: string; state: StreamState; status?: number }
  /** What was sent before no longer holds: the log that it came from is another one. */
  | { type: "restart"; stream: string };

export interface Port {
  send(message: ToTab): void;
}
