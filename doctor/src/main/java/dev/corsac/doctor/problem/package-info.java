/**
 * What can be wrong, in which words, and the fix.
 *
 * <pre>
 * Problem                  every problem there is; its texts are in problems.yaml
 * ProblemCase              a problem in one case: what it says, and its fix
 * Fact, Facts              what is known of the case
 * ProblemTexts, Sentence   problems.yaml, and how a sentence names facts
 * NetworkErrorRefinement   from the cause that a browser sees to the one problem behind it
 * NetworkErrorFacts        the facts that a network error shows
 * OriginDifference         in what an allowed origin and the page's differ
 * Stack, StackGuess        the servers for which there are fixes; which one wrote a response
 * Remedy, Remedies         the fixes, from the files in remedies/
 * AllowedRequest, RemedyTemplate   the one request that a fix lets pass, and how code names it
 * Evidence, EvidenceRules, MisspeltHeader   what a response gives away beside CORS: evidence.yaml
 * Resources, Hosts         no API: reading the files, and where a host is
 * </pre>
 */
@NullMarked
package dev.corsac.doctor.problem;

import org.jspecify.annotations.NullMarked;
