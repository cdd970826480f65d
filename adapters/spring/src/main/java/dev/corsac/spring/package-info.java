/** CORS for Spring Boot: auto-configured for Spring MVC and WebFlux from {@code corsac.*}. */
@NullMarked
package dev.corsac.spring;

import org.jspecify.annotations.NullMarked;
