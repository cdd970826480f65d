package dev.corsac.spring;

import dev.corsac.Cors;
import dev.corsac.CorsPolicy;
import dev.corsac.CorsRequest;
import dev.corsac.CorsRoutes;
import dev.corsac.Decision;
import dev.corsac.InvalidPolicyException;
import dev.corsac.Shadow;
import dev.corsac.config.CorsacConfig;
import dev.corsac.finding.Finding;
import dev.corsac.origins.OriginSources;
import dev.corsac.origins.OriginsStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.core.env.Environment;

/**
 * The policy of {@code corsac.*}, which can be read anew or replaced while the application runs.
 *
 * <pre>{@code
 * @Autowired ReloadableCors cors;
 * cors.reload();                                                     // the properties as they are now
 * cors.replace(CorsPolicy.builder().allowOrigins(origins).build());  // another policy
 * }</pre>
 *
 * <p>Each request is decided by one policy, the one that is in force when it arrives. A policy that
 * has an error never is. Thread-safe.
 */
public final class ReloadableCors implements Cors, AutoCloseable {

  private record InForce(Cors cors, Cors shadowed, List<Finding> findings, Shadows shadows) {
    InForce(Cors cors, List<Finding> findings, Shadows shadows) {
      this(cors, shadows.observe(cors), findings, shadows);
    }
  }

  private final Environment environment;
  private final OriginSources origins = new OriginSources(new OriginsLog());
  private final List<Consumer<Map<String, Shadow>>> followers = new CopyOnWriteArrayList<>();
  private volatile InForce current;

  /**
   * Reads the properties of an environment.
   *
   * @throws InvalidPolicyException as {@link #reload}
   */
  public ReloadableCors(Environment environment) {
    this.environment = Objects.requireNonNull(environment, "environment");
    this.current = read();
  }

  @Override
  public Decision decide(CorsRequest request) {
    return current.cors.decide(request);
  }

  /**
   * Reads the properties of the environment as they are now; Spring Boot reads its files at start
   * only, so what is new comes from other property sources.
   *
   * @throws InvalidPolicyException with every error at once; the policy from before stays in force
   */
  public void reload() {
    put(read());
  }

  /**
   * Puts another policy in force, until the next call of this method or of {@link #reload}. No
   * candidate is asked beside it.
   *
   * @param cors a {@link CorsPolicy}, {@link CorsRoutes} or anything else that decides
   */
  public void replace(Cors cors) {
    put(new InForce(cors, findings(cors), Shadows.NONE));
  }

  /** What is unwise about the policy in force; each {@code where} is the name of a property. */
  public List<Finding> findings() {
    return current.findings;
  }

  /** The policy in force, in the form of {@code corsac.yaml}. */
  @Override
  public String toString() {
    return current.cors.toString();
  }

  /**
   * The candidate policies ({@code corsac.shadow}, {@code corsac.routes[0].shadow}), with what they
   * would have decided since the properties were read; that of {@code corsac.shadow} by {@code
   * default}, each other by the path of the first route that it is for.
   */
  public Map<String, Shadow> shadows() {
    return current.shadows.byRoute();
  }

  /** The same, except that the candidates count what they would decide. */
  Cors shadowed() {
    return new Cors() {
      @Override
      public Decision decide(CorsRequest request) {
        return current.shadowed.decide(request);
      }

      @Override
      public String toString() {
        return ReloadableCors.this.toString();
      }
    };
  }

  /** Tells of the candidates that there are now, and of others as they come. */
  void followShadows(Consumer<Map<String, Shadow>> follower) {
    followers.add(follower);
    follower.accept(shadows());
  }

  private void put(InForce next) {
    current = next;
    followers.forEach(each -> each.accept(next.shadows.byRoute()));
  }

  /** How the places are doing that {@code corsac.cors.allow-origins-from} names. */
  public List<OriginsStatus> origins() {
    return origins.status();
  }

  /** Follows those places no more; their origins stay as they are. */
  @Override
  public void close() {
    origins.close();
  }

  private InForce read() {
    List<Finding> warnings = new ArrayList<>();
    List<CorsacConfig> read = new ArrayList<>();
    Cors cors = new CorsProperties(environment).read(warnings::add, read::add);
    CorsacConfig config = read.get(0);
    origins.connect(config.declaredOrigins());
    return new InForce(cors, List.copyOf(warnings), new Shadows(config));
  }

  /** What is known to be unwise about something that decides. */
  static List<Finding> findings(Cors cors) {
    if (cors instanceof ReloadableCors reloadable) {
      return reloadable.findings();
    }
    if (cors instanceof CorsPolicy policy) {
      return policy.findings();
    }
    return cors instanceof CorsRoutes routes ? routes.findings() : List.of();
  }
}
