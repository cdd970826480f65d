package dev.corsac.lab;

import dev.corsac.chromium.Tab;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The lab's page in a tab of a real browser. */
record LabPage(Tab tab) {

  LabPage open(String url) {
    tab.open(url);
    tab.await("document.body.dataset.view && !document.body.classList.contains('loading')");
    return this;
  }

  /** Goes where a link with this fragment leads, and waits until the experiment is checked. */
  LabPage follow(String fragment) {
    String before = tab.evaluate("document.documentElement.dataset.checked ?? ''").asText();
    tab.evaluate("location.hash = '" + fragment + "'");
    tab.await("(document.documentElement.dataset.checked ?? '') !== '" + before + "'");
    return this;
  }

  LabPage run() {
    tab.await("!document.getElementById('run').disabled");
    tab.click("#run");
    tab.await("document.documentElement.dataset.ran");
    return this;
  }

  boolean isShown(Asker asker) {
    return !tab.evaluate(lane(asker) + ".hidden").asBoolean();
  }

  String verdict(Asker asker) {
    return tab.evaluate(lane(asker) + ".dataset.state").asText();
  }

  private static String lane(Asker asker) {
    return "document.getElementById('lane-" + asker.id() + "')";
  }

  /** The fragment of an experiment's link, as the page makes it. */
  static String fragment(JsonObject experiment) {
    return "#e="
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(experiment.encode().getBytes(StandardCharsets.UTF_8));
  }
}
