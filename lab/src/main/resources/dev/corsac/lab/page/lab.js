import {Bench} from "./bench.js";
import {byId} from "./dom.js";
import {ofFragment} from "./experiment.js";

const {listed, unlisted} = document.documentElement.dataset;
const other = location.origin === unlisted ? listed : unlisted;
byId("here").textContent = location.origin;
byId("other").textContent = other;
byId("other").href = other + "/";

const response = await fetch("examples.json");
const bench = new Bench(await response.json());
bench.load(ofFragment(location.hash) ?? bench.examples[0].experiment);
addEventListener("hashchange", () => {
  const experiment = ofFragment(location.hash);
  if (experiment) {
    bench.load(experiment);
  }
});
