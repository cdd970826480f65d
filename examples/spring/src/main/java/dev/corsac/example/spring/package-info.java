/** The guide's API on Spring Boot and Spring Security, with its CORS policy in its properties. */
@NullMarked
package dev.corsac.example.spring;

import org.jspecify.annotations.NullMarked;
