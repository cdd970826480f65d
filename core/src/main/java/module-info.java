/** A CORS policy: checked when it is built, and decided the same on every stack. */
module dev.corsac {
  requires static transitive org.jspecify;

  exports dev.corsac;
  exports dev.corsac.finding;
}
