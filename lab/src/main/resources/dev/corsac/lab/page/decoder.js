import {byId, element, post, rich} from "./dom.js";
import {toFragment} from "./experiment.js";

// Shows what the doctor says of what somebody pasted.

const SAMPLES = {
  "a console line": "Access to fetch at 'https://api.example.com/data' from origin 'https://app.example.com' has been blocked by CORS policy: "
    + "Response to preflight request doesn't pass access control check: It does not have HTTP ok status.",
  "a fetch": "fetch(\"https://api.example.com/orders\", {\n  \"headers\": {\"content-type\": \"application/json\", \"x-api-key\": \"k-123\"},\n"
    + "  \"referrer\": \"https://app.example.com/\",\n  \"body\": \"{\\\"item\\\": 7}\",\n  \"method\": \"POST\",\n  \"mode\": \"cors\",\n  \"credentials\": \"include\"\n});",
  "a curl command": "curl 'https://api.example.com/orders/7' \\\n  -X 'DELETE' \\\n  -H 'authorization: Bearer abc' \\\n  -H 'origin: https://app.example.com'",
};

export class Decoder {
  constructor() {
    byId("samples").append(...Object.entries(SAMPLES).map(([name, text]) => element("button", {type: "button", class: "small",
      onclick: () => {
        byId("pasted").value = text;
        this.decode();
      }}, name)));
    byId("decoder-form").addEventListener("submit", event => {
      event.preventDefault();
      this.decode();
    });
    byId("har").addEventListener("change", () => this.open(byId("har").files[0]));
    const section = byId("decoder");
    section.addEventListener("dragover", event => {
      event.preventDefault();
      section.classList.add("over");
    });
    section.addEventListener("dragleave", () => section.classList.remove("over"));
    section.addEventListener("drop", event => {
      event.preventDefault();
      section.classList.remove("over");
      this.open(event.dataTransfer.files[0]);
    });
  }

  decode() {
    const text = byId("pasted").value;
    if (text.trim() !== "") {
      this.show(() => post("/lab/decode", {text}));
    }
  }

  open(file) {
    if (file) {
      this.show(() => post("/lab/har", file));
    }
  }

  async show(ask) {
    const out = byId("decoded");
    delete out.dataset.kind;
    out.replaceChildren(element("p", {class: "hint"}, "Reading …"));
    try {
      const told = await ask();
      out.replaceChildren(...({message: findings, har, request, unknown}[told.kind])(told));
      out.dataset.kind = told.kind;
    } catch (error) {
      out.replaceChildren(element("p", {class: "invalid"}, error.message));
      out.dataset.kind = "invalid";
    }
  }
}

const BROWSERS = {chromium: "Chromium", firefox: "Firefox", webkit: "Safari"};

const findings = told => told.findings.map(finding);

function finding({title, cors, browser, url, says, why, fix, others, entries}) {
  const tags = [cors ? "CORS" : "not CORS", BROWSERS[browser] ?? browser, entries.length > 0 ? `${entries.length} ${entries.length === 1 ? "exchange" : "exchanges"}` : ""];
  return element("article", {class: "card finding"},
    element("p", {class: "tags"}, tags.filter(Boolean).map(tag => element("span", {class: "tag"}, tag))),
    element("h2", {}, title),
    url ? element("p", {class: "url"}, element("code", {}, url)) : null,
    element("p", {}, says),
    element("h3", {}, "Why"), element("p", {}, why),
    element("h3", {}, "What to do"), element("p", {}, fix),
    others.length > 0 ? [element("h3", {}, "It can also mean"), element("ul", {}, others.map(other => element("li", {}, other)))] : null);
}

function har(told) {
  const count = `${told.exchanges} ${told.exchanges === 1 ? "exchange" : "exchanges"} read`;
  return [
    element("p", {class: "lead"}, told.findings.length === 0 && !told.withoutFailures ? `${count}. No browser blocked any of them.` : `${count}.`),
    ...(told.withoutFailures ? [element("p", {}, "Safari leaves requests that failed out of the HAR that it exports. If one was blocked, paste its line from Safari's console here, or record a HAR with Chromium or Firefox.")] : []),
    ...told.findings.map(finding),
    ...(told.more > 0 ? [element("p", {}, `And ${told.more} more: corsac explain --har shows all.`)] : []),
  ];
}

function request({summary, says, needs, policy, command, experiment}) {
  return [element("article", {class: "card finding"},
    element("p", {class: "tags"}, element("span", {class: "tag"}, "a request")),
    element("h2", {class: "wrap"}, summary),
    says.map(sentence => element("p", {}, sentence)),
    needs ? [element("h3", {}, "What the server has to send"), needs.map(({of, lines}) =>
      [element("p", {class: "over"}, of), code(lines.join("\n"), of)])] : null,
    policy ? [element("h3", {}, "The policy for it"), code(policy, "The policy")] : null,
    experiment ? element("p", {}, element("a", {class: "button", href: toFragment(experiment)}, "Try it on the bench")) : null,
    element("h3", {}, "Ask the real server"), code(command, "The command"))];
}

function unknown({nearest}) {
  return [element("article", {class: "card finding"},
    element("h2", {}, "This is no message that browsers write about CORS"),
    nearest
      ? [element("p", {}, "It is most like this one:"), code(nearest, "A message")]
      : element("p", {}, rich("Paste the whole line. `Failed to fetch` and the like say nothing by themselves: the console has a second line that says why.")))];
}

const code = (text, label) => element("pre", {class: "copied short", tabindex: "0", "aria-label": label}, text);
