package dev.corsac.example.spring;

import dev.corsac.spring.ReloadableCors;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads the policy anew. */
@RestController
class PolicyReload {
  private final ReloadableCors cors;

  PolicyReload(ReloadableCors cors) {
    this.cors = cors;
  }

  @PostMapping("/admin/reload")
  String reload() {
    cors.reload();
    return cors.toString();
  }
}
