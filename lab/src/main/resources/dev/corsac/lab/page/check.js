import {byId, element} from "./dom.js";
import {ASKERS} from "./runners.js";

// Makes every lesson and attack, before and after its change, and says which ended otherwise than its file says.

export async function checkAll(book, bench) {
  const results = byId("check-results");
  const status = byId("check-status");
  delete results.dataset.done;
  results.replaceChildren();
  const trials = [...book.lessons, ...book.attacks].flatMap(lesson => [
    {title: lesson.title, ...lesson}, {title: `${lesson.title}: ${lesson.break.title}`, experiment: lesson.break.experiment, expect: lesson.break.expect}]);
  let wrong = 0;
  for (const [index, {title, experiment, expect}] of trials.entries()) {
    status.textContent = `${index + 1} of ${trials.length} …`;
    const faults = await faultsOf(bench, experiment, expect);
    wrong += faults.length > 0 ? 1 : 0;
    results.append(element("li", {class: faults.length > 0 ? "differs" : "agrees"}, [title, ...faults].join(". ")));
  }
  status.textContent = wrong === 0 ? `All ${trials.length} ended as expected, and as the model had said.` : `${wrong} of ${trials.length} ended otherwise.`;
  results.dataset.done = String(wrong);
}

async function faultsOf(bench, experiment, expect) {
  bench.load(experiment);
  clearTimeout(bench.timer);
  await bench.check();
  if (expect.policy === "refused") {
    return byId("run").disabled ? [] : ["The policy was not refused"];
  }
  await bench.run();
  return ASKERS.filter(asker => expect[asker]).flatMap(asker => {
    const {state, agrees} = bench.lanes[asker].dataset;
    const text = bench.lanes[asker].textContent;
    return [
      state === expect[asker] ? "" : `${asker}: expected ${expect[asker]}, was ${state}`,
      agrees === "true" ? "" : `${asker}: not as the model had said`,
      ...(expect.says?.[asker] ?? []).map(words => text.includes(words) ? "" : `${asker}: nothing says "${words}"`),
    ].filter(Boolean);
  });
}
