package dev.corsac.benchmarks.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Spring Cloud Gateway as it comes; what it does is in the properties that it is started with. */
@SpringBootApplication
public class SpringGateway {

  public static void main(String[] arguments) {
    SpringApplication.run(SpringGateway.class, arguments);
  }
}
