import {breakable, element} from "./dom.js";

// Draws what happened to one page's request: three lifelines, page, browser and server, and a message
// after the other between them. In the document it is a list, which reads well without the lines.

const VERDICTS = {
  readable: "The page reads the response",
  opaque: "The page gets an opaque response",
  blocked: "The browser blocks the response",
  thrown: "The call is wrong",
  silent: "No word from the browser",
};

export const verdictText = verdict => VERDICTS[verdict] ?? verdict;

// One page's side of the drawing, empty.
export function lane(asker, origin) {
  const title = `lane-${asker}-title`;
  return element("section", {class: "card lane", id: `lane-${asker}`, "aria-labelledby": title, hidden: true},
    element("h3", {id: title}, asker === "sandboxed" ? "Page in a sandboxed frame: " : "Page on ", element("code", {}, breakable(origin))),
    element("p", {class: "prediction"}),
    element("div", {class: "scene"},
      element("ol", {class: "heads", "aria-hidden": "true"}, ["Page", "Browser", "Server"].map(head => element("li", {}, head))),
      element("div", {class: "stories"}),
      element("p", {class: "verdict"}, "Not run yet")),
    element("div", {class: "judgements"}));
}

export function story(told, title) {
  return element("section", {class: "story", "data-verdict": told.verdict},
    title ? element("h4", {class: "step-title"}, title) : null,
    element("ol", {class: "messages"}, told.events.map(event => message(event, told))));
}

function message(event, told) {
  switch (event.type) {
    case "call":
      return row("call", "out", "page browser", [element("b", {}, event.code.startsWith("new WebSocket") ? "WebSocket" : "fetch")], event.text,
        element("pre", {class: "call-code", tabindex: "0", "aria-label": "The call"}, event.code));
    case "preflight":
    case "request":
      return row(event.type, "out", "browser server",
        [element("b", {}, event.method), " ", element("code", {class: "target"}, event.target)],
        event.text, headers(event.headers, "", `${event.method} ${event.prefix}${event.target}`), event.body ? body(event.body) : null);
    case "response":
      return row(`response ${event.refused ? "refused" : ""}`, "back", "browser server",
        [element("b", {class: event.statusDecides ? "bad" : ""}, `${event.status} ${event.phrase}`)],
        event.text, headers(event.headers, event.missing), event.body ? body(event.body) : null);
    default:
      return row(`end ${told.verdict} ${told.ran && told.verdict !== "readable" ? "ran" : ""}`, "back", "page browser",
        [element("b", {}, endLabel(told))], event.text,
        told.verdict === "readable" ? seen(told.seen) : null);
  }
}

function endLabel(told) {
  return told.verdict === "readable" ? `status ${told.seen.status}` : told.error || verdictText(told.verdict);
}

function row(kind, direction, between, label, text, ...more) {
  return element("li", {class: `message ${kind}`},
    element("div", {class: `arrow ${direction} ${between.replace(" ", "-")}`}, element("span", {class: "label"}, label),
      element("span", {class: "line", "aria-hidden": "true"})),
    element("p", {class: "words"}, text),
    ...more);
}

function headers(lines, missing, requestLine) {
  const telling = lines.filter(([, , mark]) => mark !== "rest");
  const rest = lines.filter(([, , mark]) => mark === "rest");
  return element("div", {class: "headers"},
    telling.map(header),
    missing ? element("p", {class: "header bad missing"}, element("span", {class: "name"}, missing), " is not there") : null,
    rest.length > 0
      ? element("details", {}, element("summary", {}, `${rest.length} more ${rest.length === 1 ? "header" : "headers"}`),
        requestLine ? element("p", {class: "header"}, requestLine) : null,
        rest.map(header))
      : null);
}

const MARKS = {good: "This header lets it pass: ", bad: "This header stops it: "};

function header([name, value, mark]) {
  return element("p", {class: `header ${mark}`},
    MARKS[mark] ? element("span", {class: "unseen"}, MARKS[mark]) : null,
    element("span", {class: "name"}, name), ": ", element("span", {class: "value"}, value));
}

function body(text) {
  return element("details", {class: "body"}, element("summary", {}, "body"), element("pre", {tabindex: "0"}, text));
}

function seen({headers: shown, body: text}) {
  return element("div", {class: "headers seen"},
    Object.entries(shown).map(([name, value]) => header([name, value, "key"])),
    text ? element("pre", {class: "read", tabindex: "0", "aria-label": "The body that the page reads"}, text) : null);
}

// What the model had said, the console's line, and why.
export function judgement(told, engine) {
  const agrees = told.differences.length === 0;
  return element("div", {class: "judgement"},
    element("p", {class: agrees ? "agrees" : "differs"},
      agrees
        ? `${engine} did what the model had said.`
        : `${engine} did not do what the model had said. This is a fault in our model; please report it.`),
    told.differences.map(difference => element("p", {class: "difference"}, difference)),
    told.console
      ? [element("h4", {}, `The console of ${engine} says`), element("pre", {class: "console", tabindex: "0"}, told.console)]
      : null,
    told.says
      ? [element("h4", {}, told.title), element("p", {}, told.says), element("p", {class: "fix"},
        element("b", {}, "What to do: "), told.fix)]
      : null);
}
