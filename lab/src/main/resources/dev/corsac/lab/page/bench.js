import {breakable, byId, element, post} from "./dom.js";
import {judgement, lane, story, verdictText} from "./drawing.js";
import {Editor} from "./editor.js";
import {emptyStep, headersToText, textToHeaders, toFragment} from "./experiment.js";
import {ASKERS, ORIGINS, send, USUAL} from "./runners.js";

const CHECK_DELAY = 200;
const PATIENCE = 400;
const MOST_FINDINGS = 50;
const MOST_STEPS = 4;
const POLICY = `cors:\n  allow_origins:\n    - ${ORIGINS.listed}\n`;

export class Bench {
  constructor(examples, onran) {
    this.examples = examples;
    this.onran = onran;
    this.lanes = Object.fromEntries(ASKERS.map(asker => [asker, lane(asker, ORIGINS[asker])]));
    byId("lanes").append(...Object.values(this.lanes));
    this.experiment = {policy: "", server: "", steps: [emptyStep()]};
    this.step = 0;
    this.checks = 0;
    this.running = false;
    this.copies = {};
    this.copiesRun = false;
    this.policy = new Editor(byId("policy"), "yaml", () => this.changed());
    this.server = new Editor(byId("server"), "headers", () => this.changed());
    this.listen();
  }

  listen() {
    const select = byId("example");
    select.append(...this.examples.map(({title}, index) => element("option", {value: String(index)}, title)));
    select.addEventListener("change", () => {
      if (select.value !== "") {
        this.load(this.examples[Number(select.value)].experiment);
      }
    });
    byId("askers").append(...ASKERS.map(asker => element("label", {},
      element("input", {type: "checkbox", id: `asks-${asker}`, onchange: () => this.changed()}),
      asker === "sandboxed" ? "a sandboxed frame (null)" : element("code", {}, breakable(ORIGINS[asker].replace("http://", ""))))));
    byId("fold").addEventListener("click", () => {
      const open = byId("request").classList.toggle("open");
      byId("fold").setAttribute("aria-expanded", String(open));
      byId("fold").textContent = open ? "Hide" : "Show";
    });
    for (const id of ["method", "path", "headers", "body-type", "body", "credentials", "mode"]) {
      byId(id).addEventListener("input", () => this.changed());
    }
    for (const choice of document.querySelectorAll("[name=kind]")) {
      choice.addEventListener("change", () => this.changed());
    }
    byId("run").addEventListener("click", () => this.run());
    byId("copy-as").addEventListener("change", () => this.showCopy());
    byId("copy").addEventListener("click", () => this.copy());
    byId("add-step").addEventListener("click", () => {
      this.experiment.steps.push(emptyStep());
      this.show(this.experiment.steps.length - 1);
      this.changed();
    });
    byId("remove-step").addEventListener("click", () => {
      this.experiment.steps.splice(this.step, 1);
      this.show(Math.max(0, this.step - 1));
      this.changed();
    });
  }

  isEmpty() {
    return this.policy.value === "" && this.experiment.server === "";
  }

  load(experiment) {
    this.experiment = structuredClone({server: "", ...experiment, steps: experiment.steps.map(step => ({...emptyStep(), ...step}))});
    this.policy.value = this.experiment.policy || POLICY;
    this.server.value = this.experiment.server || "preflight: 204\nAccess-Control-Allow-Origin: {origin}\n\nresponse: 200\nAccess-Control-Allow-Origin: {origin}\n";
    byId(this.experiment.server ? "by-hand" : "by-policy").checked = true;
    this.show(0);
    this.clear();
    this.changed(0);
  }

  // Shows a step in the form.
  show(index) {
    this.step = index;
    const step = this.experiment.steps[index];
    byId("method").value = step.method;
    byId("path").value = step.path;
    byId("headers").value = headersToText(step.headers ?? []);
    byId("body-type").value = step.body ? step.body.type : "none";
    byId("body").value = step.body ? step.body.text : "";
    byId("credentials").value = step.credentials;
    byId("mode").value = step.mode;
    for (const asker of ASKERS) {
      byId(`asks-${asker}`).checked = (step.askers ?? USUAL).includes(asker);
    }
    const several = this.experiment.steps.length > 1;
    byId("steps").replaceChildren(...this.experiment.steps.map((each, i) => element("button",
      {type: "button", class: "step", "aria-pressed": String(i === index), onclick: () => this.show(i)},
      several ? `${i + 1}. ${each.method} ${each.path}` : "One request")));
    byId("add-step").disabled = this.experiment.steps.length >= MOST_STEPS;
    byId("remove-step").disabled = !several;
    this.enable();
  }

  enable() {
    byId("body").disabled = byId("body-type").value === "none";
    const hand = byId("by-hand").checked;
    const asking = this.asking();
    for (const asker of ASKERS) {
      this.lanes[asker].hidden = !asking.includes(asker);
    }
    byId("run").textContent = asking.length === 1 ? "Run" : "Run on both pages".replace("both", asking.length > 2 ? "all" : "both");
    byId("policy-part").hidden = hand;
    byId("server-part").hidden = !hand;
  }

  // The pages that ask in some step.
  asking() {
    return ASKERS.filter(asker => this.experiment.steps.some(step => (step.askers ?? USUAL).includes(asker)));
  }

  // Takes what the form says.
  read() {
    const old = this.experiment.steps[this.step];
    const type = byId("body-type").value;
    const step = {...old, method: byId("method").value.trim(), path: byId("path").value.trim(),
      headers: textToHeaders(byId("headers").value), credentials: byId("credentials").value, mode: byId("mode").value};
    step.askers = ASKERS.filter(asker => byId(`asks-${asker}`).checked);
    if (type === "none") {
      delete step.body;
    } else {
      step.body = {type, text: byId("body").value};
    }
    this.experiment.steps[this.step] = step;
    this.experiment.policy = this.policy.value;
    this.experiment.server = byId("by-hand").checked ? this.server.value : "";
  }

  changed(delay = CHECK_DELAY) {
    this.read();
    this.enable();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), delay);
  }

  // One check at a time, of what the form says then: a large policy takes a second or more.
  check() {
    this.checks++;
    this.checking ??= this.checkLast().finally(() => {
      this.checking = null;
    });
    return this.checking;
  }

  async checkLast() {
    const waiting = setTimeout(() => this.showWaiting(true), PATIENCE);
    let number;
    let result;
    do {
      number = this.checks;
      try {
        result = await post("/lab/check", this.experiment);
      } catch (error) {
        result = {findings: [], error: error.message};
      }
    } while (number !== this.checks);
    clearTimeout(waiting);
    this.showWaiting(false);
    this.showFindings(result.findings);
    byId("invalid").textContent = result.error ?? "";
    byId("run").disabled = !result.predictions || this.running;
    this.copies = result.copy ?? {};
    this.copiesRun = false;
    this.showCopy();
    for (const asker of ASKERS) {
      this.showPrediction(asker, result);
    }
    document.documentElement.dataset.checked = String(number);
  }

  showWaiting(waits) {
    byId("checking").textContent = waits ? "Checking …" : "";
    byId("bench").classList.toggle("waiting", waits);
  }

  showPrediction(asker, {predictions, engine}) {
    const line = this.lanes[asker].querySelector(".prediction");
    if (!predictions) {
      line.textContent = "The model says nothing yet: first mend what is wrong.";
      return;
    }
    const expected = predictions.map(step => step[asker]).filter(Boolean);
    const last = expected[expected.length - 1];
    line.textContent = last
      ? `The model of ${engine} says: ${sentence(verdictText(last.verdict))}`
      : "This page asks for nothing in this experiment.";
  }

  showFindings(findings) {
    this.policy.mark(findings);
    const more = findings.length - MOST_FINDINGS;
    byId("findings").replaceChildren(...(findings.length === 0
      ? [element("li", {class: "fine"}, "Nothing to complain about.")]
      : findings.slice(0, MOST_FINDINGS).map(finding => element("li", {class: finding.severity},
        element("button", {type: "button", class: "place",
          onclick: () => this.policy.goTo(finding.line, finding.column, finding.endColumn)}, `Line ${finding.line}`),
        " ", element("b", {}, finding.severity === "error" ? "Error. " : "Warning. "), finding.message, " ",
        element("span", {class: "fix"}, finding.fix)))));
    if (more > 0) {
      byId("findings").append(element("li", {class: "warning"}, `And ${more} more.`));
    }
  }

  showCopy() {
    const select = byId("copy-as");
    const forms = Object.keys(this.copies);
    if (forms.join() !== [...select.options].map(option => option.value).join()) {
      const chosen = select.value;
      select.replaceChildren(...forms.map(form => element("option", {value: form}, form)));
      select.value = forms.includes(chosen) ? chosen : forms[0] ?? "";
    }
    byId("copied-text").textContent = this.copies[select.value] ?? "";
    byId("copy").disabled = forms.length === 0;
    byId("copy-hint").textContent = this.copiesRun || !["fetch", "curl"].includes(select.value) ? "" : "Run it first: only then is there a server that responds to this.";
    byId("link").href = toFragment(this.experiment);
  }

  async copy() {
    await navigator.clipboard.writeText(byId("copied-text").textContent);
    byId("status").textContent = "Copied.";
  }

  clear() {
    for (const asker of ASKERS) {
      const lane = this.lanes[asker];
      delete lane.dataset.state;
      delete lane.dataset.agrees;
      conclude(lane, "Not run yet");
      lane.querySelector(".stories").replaceChildren();
      lane.querySelector(".judgements").replaceChildren();
    }
    byId("status").textContent = "";
    delete document.documentElement.dataset.ran;
  }

  async run() {
    const experiment = structuredClone(this.experiment);
    byId("run").disabled = true;
    this.running = true;
    // What stands below keeps its place until there is something new to draw.
    for (const lane of Object.values(this.lanes)) {
      lane.style.minHeight = `${lane.offsetHeight}px`;
    }
    this.clear();
    for (const asker of this.asking()) {
      this.lanes[asker].dataset.state = "pending";
      conclude(this.lanes[asker], "Waiting for the browser …");
    }
    byId("status").textContent = "The pages send their requests …";
    try {
      const started = await post("/lab/runs", experiment);
      if (!started.run) {
        throw new Error("The policy has an error. First mend it.");
      }
      this.copies = started.copy;
      this.copiesRun = true;
      this.showCopy();
      for (let i = 0; i < experiment.steps.length; i++) {
        await this.runStep(started, experiment, i);
      }
      byId("status").textContent = this.summary();
      this.onran();
    } catch (error) {
      byId("status").textContent = error.message;
      for (const asker of ASKERS) {
        delete this.lanes[asker].dataset.state;
      }
    }
    for (const lane of Object.values(this.lanes)) {
      lane.style.minHeight = "";
    }
    this.running = false;
    byId("run").disabled = false;
    document.documentElement.dataset.ran = String(this.checks);
  }

  async runStep(started, experiment, index) {
    const step = experiment.steps[index];
    const askers = step.askers ?? USUAL;
    const reports = Object.fromEntries(await Promise.all(askers.map(async asker =>
      [asker, await send(asker, started.bases[asker] + step.path, step)])));
    const {stories} = await post(`/lab/runs/${started.run}/reports`, {step: index, reports});
    for (const told of stories) {
      const lane = this.lanes[told.asker];
      lane.dataset.state = told.verdict;
      lane.dataset.agrees = String(told.differences.length === 0);
      conclude(lane, verdictText(told.verdict));
      const title = experiment.steps.length > 1 ? `Request ${index + 1}: ${step.method} ${step.path}` : "";
      lane.querySelector(".stories").append(story(told, title));
      lane.querySelector(".judgements").replaceChildren(judgement(told, started.engine));
    }
  }

  summary() {
    return this.asking().map(asker => `${ORIGINS[asker]}: ${sentence(verdictText(this.lanes[asker].dataset.state))}`).join(" ");
  }
}

// A new element each time, since it stands elsewhere: one that moves is a page that jumps.
const conclude = (lane, text) => lane.querySelector(".verdict").replaceWith(element("p", {class: "verdict"}, text));

const sentence = text => text[0].toLowerCase() + text.slice(1) + ".";
