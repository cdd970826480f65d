/**
 * Whom a running server lets in.
 *
 * <pre>
 * Audit                        what to probe, and how fast
 * AuditRun                     one run: which origins, in which order
 * Probe, LookAlikes            origins that no server should allow, and those that look like an allowed one
 * Prober, RateLimit            sends the requests, one after the other, no faster than is allowed
 * ProbeResult                  a request and its response
 * ResponseChecks               what is wrong with a response, whoever asked
 * PreflightChecks              what is wrong with preflights
 * CacheChecks                  what a cache can mix up
 * Check, CheckTexts            every check there is; its texts are in checks.yaml
 * AuditFinding, AuditFindings  what a check found, without secrets
 * AuditReport                  the whole result
 * </pre>
 */
@NullMarked
package dev.corsac.doctor.audit;

import org.jspecify.annotations.NullMarked;
