import {byId, element} from "./dom.js";

// The pages that can ask. Each is a frame of its origin; the last has none, for it is sandboxed.

const {listed, unlisted, lookalike} = document.documentElement.dataset;

export const ASKERS = ["listed", "unlisted", "lookalike", "sandboxed"];
export const USUAL = ["listed", "unlisted"];
export const ORIGINS = {listed, unlisted, lookalike, sandboxed: "null"};

class Runner {
  constructor(asker) {
    this.origin = ORIGINS[asker];
    this.waiting = new Map();
    this.last = 0;
    const sandboxed = asker === "sandboxed";
    const frame = element("iframe", {
      src: `${sandboxed ? location.origin : this.origin}/runner.html`, title: `Makes the requests of ${this.origin}`,
      tabindex: "-1", sandbox: sandboxed ? "allow-scripts" : null});
    // A message cannot be addressed to an origin that is null.
    this.target = sandboxed ? "*" : this.origin;
    this.loaded = new Promise(resolve => frame.addEventListener("load", () => resolve(frame.contentWindow)));
    addEventListener("message", event => {
      if (event.origin === this.origin && event.source === frame.contentWindow) {
        this.waiting.get(event.data.id)?.(event.data.report);
        this.waiting.delete(event.data.id);
      }
    });
    byId("runners").append(frame);
  }

  async send(url, request) {
    const id = ++this.last;
    const frame = await this.loaded;
    return new Promise(resolve => {
      this.waiting.set(id, resolve);
      setTimeout(resolve, 12_000, {kind: "silent"});
      frame.postMessage({id, url, request}, this.target);
    });
  }
}

const runners = {};

// What the page of this asker got from the browser.
export function send(asker, url, request) {
  runners[asker] ??= new Runner(asker);
  return runners[asker].send(url, request);
}
