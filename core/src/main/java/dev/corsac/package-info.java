/**
 * The server's side of CORS: a policy, checked when it is built, and the decision on each request.
 *
 * <pre>
 * what a user writes
 *   Cors, CorsRoutes              what decides; policies by path
 *   CorsPolicy, CheckedPolicy, InvalidPolicyException
 *   Risk, Enforcement, Hosts      what is allowed on purpose; who may act; which names are served
 *   OriginSource, AllowedOrigins, OriginTerms     allowed origins that change while running
 *   Shadow, DenialLog             observers: of a candidate policy, and for the log
 *
 * what an adapter uses
 *   CorsRequest, CorsResponse     a request and a response of its stack
 *   Decision, Reason              what to do, and why
 *
 * how a policy is checked; {@link dev.corsac.finding} is what a check says
 *   PolicySettings, PolicyCheck
 *   OriginCheck, OriginAdvice     each origin, and what was probably meant
 *
 * how a request is decided
 *   CompiledPolicy, PolicyOrigins, Acting, ObservedCors
 *   Ruling, CorsHeaders, Grants   what is made when the policy is built
 *   RequestedHeaders, RecentLists, FetchMetadata  what a request asks and tells
 *   DecisionText, LineRate        the same in words, and how many lines of them
 *
 * origins and paths
 *   Origin, PublicSuffixes        one origin, and which sites are one
 *   PathRoutes                    what holds for a path, as every server could read it
 *
 * and behind them, in packages that are not exported
 *   dev.corsac.origin             the form of origins, and many of them found at once
 *   dev.corsac.path               patterns and readings of paths
 *   dev.corsac.text               names and texts of strangers
 * </pre>
 */
@NullMarked
package dev.corsac;

import org.jspecify.annotations.NullMarked;
