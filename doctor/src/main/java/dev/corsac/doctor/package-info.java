/**
 * Says why a page cannot read a response, and what to change.
 *
 * <p>A package for each question that a user asks, with where to begin:
 *
 * <pre>
 * dev.corsac.doctor            Why can this page not read this URL?             Doctor
 * dev.corsac.doctor.explain    What does this line of the console mean?         Explainer
 * dev.corsac.doctor.har        What was blocked while this was recorded?        Har
 * dev.corsac.doctor.audit      Whom does this server let in?                    Audit
 * dev.corsac.doctor.problem    What can be wrong, in which words, and its fix?  ProblemCase
 * </pre>
 *
 * <p>Each answers with a {@link dev.corsac.doctor.problem.Problem} and the facts of the case. All
 * of them use {@code problem}; {@code har} uses {@code explain} as well; there is no other
 * dependency.
 *
 * <p>In this package:
 *
 * <pre>
 * Doctor               sends what a browser would send, once, and has each engine judge the exchanges
 * BrowserHeaders       what every browser sends beside: User-Agent, Sec-Fetch-*
 * WebSocketHandshake   opens a WebSocket as a page would, which is no matter of CORS
 * RecordingTransport   lets the other engines judge the same exchanges
 * Examination          makes the diagnosis of the outcome
 * Cookies              which cookies get lost (RFC 6265bis)
 * PagePolicy           what the page's own headers forbid (CSP Level 3, HTML)
 * DroppedHeaders       what the page sets and the browser does not send
 * Clues                what the page asked for, and what responses give away beside CORS
 * CostChecks           what works, but costs
 * Diagnosis            the verdict, the cause, remarks, the exchanges, the fix
 * Verdict, DecidingHeader, Curl   what a diagnosis consists of
 * </pre>
 */
@NullMarked
package dev.corsac.doctor;

import org.jspecify.annotations.NullMarked;
