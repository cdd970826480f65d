import {byId, element, rich} from "./dom.js";

// What a lesson tells and asks. The bench below runs it.

const DONE = "corsac-lab-done";
const WORDS = {
  lessons: {one: "Lesson", change: "break it", next: "Next lesson"},
  attacks: {one: "Attack", change: "stop it", next: "Next attack"},
};

export class Lessons {
  constructor(book, bench) {
    this.book = book;
    this.bench = bench;
    this.done = new Set(remembered());
    byId("choices").addEventListener("change", () => this.mark());
  }

  show(kind, number, changed) {
    const all = this.book[kind];
    const index = Math.min(Math.max(number, 1), all.length) - 1;
    const place = `#/${kind}/${index + 1}`;
    const same = this.place === place;
    this.place = place;
    this.lesson = all[index];
    this.changed = changed;
    const {title, text, question, choices, experiment} = this.lesson;
    const change = this.lesson.break;
    document.title = `${title}: the CORS lab`;
    byId("lesson-place").textContent = `${WORDS[kind].one} ${index + 1} of ${all.length}`;
    byId("lesson-title").textContent = title;
    byId("lesson-text").replaceChildren(...text.map(paragraph => element("p", {}, rich(paragraph))));
    byId("break-title").textContent = change.title;
    byId("break-text").replaceChildren(...rich(change.text));
    byId("break-link").textContent = changed ? "Back to the lesson" : "Set it up";
    byId("break-link").href = changed ? place : `${place}/break`;
    byId("lesson").classList.toggle("changed", changed);
    byId("next").textContent = index + 1 < all.length ? WORDS[kind].next : kind === "lessons" ? "To the attacks" : "To the bench";
    byId("next").href = index + 1 < all.length ? `#/${kind}/${index + 2}` : kind === "lessons" ? "#/attacks/1" : "#/bench";
    if (!same) {
      this.answered = false;
      byId("question").replaceChildren(...rich(question));
      byId("choices").replaceChildren(...choices.map((choice, i) => element("label", {class: "choice-line"},
        element("input", {type: "radio", name: "choice", value: String(i)}), element("span", {}, rich(choice)))));
    }
    this.chapters(kind, index);
    this.mark();
    this.bench.load(changed ? change.experiment : experiment);
    if (changed && change.expect.policy === "refused") {
      this.remember();
    }
    if (same) {
      byId(changed ? "break-title" : "lesson-title").scrollIntoView({block: "nearest"});
    } else {
      scrollTo(0, 0);
    }
  }

  chapters(kind, current) {
    byId("chapters").replaceChildren(...this.book[kind].map(({title}, index) => {
      const place = `#/${kind}/${index + 1}`;
      const done = this.done.has(place);
      return element("li", {}, element("a", {href: place, class: done ? "done" : "", title, "aria-current": index === current ? "step" : null},
        element("span", {class: "unseen"}, `${WORDS[kind].one} `), String(index + 1), element("span", {class: "unseen"}, `: ${title}${done ? ", done" : ""}`)));
    }));
    // On a phone the row is wider than the screen; the page itself stays where it is.
    const row = byId("chapters");
    const here = row.querySelector("[aria-current]");
    row.scrollLeft = here.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  }

  // The bench has run.
  ran() {
    if (this.place && document.body.dataset.view === this.place.split("/")[1]) {
      this.answered ||= !this.changed;
      this.mark();
      if (this.changed) {
        this.remember();
      }
    }
  }

  // Shows whether the choice was right, once the experiment has run.
  mark() {
    const {answer, because} = this.lesson;
    const chosen = byId("choices").querySelector(":checked");
    byId("break-label").textContent = `${this.answered ? "Now" : "Then"} ${WORDS[this.place.split("/")[1]].change}`;
    for (const [index, line] of [...byId("choices").children].entries()) {
      line.classList.toggle("right", this.answered && index === answer);
      line.classList.toggle("wrong", this.answered && line.contains(chosen) && index !== answer);
    }
    byId("answer-hint").hidden = this.answered;
    byId("answer-hint").textContent = chosen ? "Now run it and see." : "Choose, then run it and see.";
    byId("answer-mark").textContent = !this.answered ? "" : !chosen ? "The marked choice is right." : Number(chosen.value) === answer ? "Right." : "Not so.";
    // Its room is there from the start, so that nothing moves when it comes.
    byId("because").classList.toggle("later", !this.answered);
    byId("because").replaceChildren(...rich(because));
  }

  remember() {
    this.done.add(this.place);
    const [, kind, number] = this.place.split("/");
    this.chapters(kind, Number(number) - 1);
    try {
      localStorage.setItem(DONE, JSON.stringify([...this.done]));
    } catch {
      // Private windows keep nothing; then only this visit knows.
    }
  }
}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(DONE)) ?? [];
  } catch {
    return [];
  }
}
