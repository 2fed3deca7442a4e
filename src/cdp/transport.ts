/**
 * A way to one browser's DevTools: whole messages of JSON text in both directions.
 *
 * The Chromium host gives a pair of pipes, the Electron host a `webContents.debugger`. Messages arrive in the order in
 * which the browser sent them.
 */
export interface CdpTransport {
  /** Sends one message. Does nothing once the transport is closed. */
  send(message: string): void;
  /** Sets who is told of each message; there is one listener. */
  onMessage(listener: (message: string) => void): void;
  /** Sets who is told, once, that no message will come any more. */
  onClose(listener: () => void): void;
  /** Closes both directions; `onClose` listeners are told. */
  close(): void;
}
