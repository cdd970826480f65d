package dev.corsac.doctor;

import java.util.List;
import java.util.Map;

/**
 * What is wrong with an exchange, or some.
 *
 * @param problems what it is, or can be, the likeliest first
 * @param values what its sentence names
 * @param entries the entries it is about
 */
record HarFinding(List<Problem> problems, Map<String, String> values, List<Integer> entries) {}
