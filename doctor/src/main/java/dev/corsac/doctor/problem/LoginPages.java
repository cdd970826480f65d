package dev.corsac.doctor.problem;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells the URLs of login pages by what such pages are called. The doctor's own: it is no API. */
public final class LoginPages {
  private static final Pattern NAME =
      Pattern.compile(
          "[/.?&=_-](log[-_]?[io]n|sign[-_]?[io]n|sso|oauth2?|openid-connect|saml2?|adfs"
              + "|authorize|authn?)(?![a-z])");

  /** What a login page is told: where to go back to, or who asks. */
  private static final Pattern WAY_BACK =
      Pattern.compile(
          "[?&](redirect_?ur[il]|return_?(url|to)|next|continue|response_type|samlrequest|wctx"
              + "|post_login_redirect_uri|back_?url)=");

  private LoginPages() {}

  /** Whether a URL, or a path, is called as login pages are; the labels of its host count too. */
  public static boolean isLogin(String url) {
    return NAME.matcher(lower(url)).find();
  }

  /** Whether it is a login page to which somebody was sent from elsewhere. */
  public static boolean isLoginWithWayBack(String url) {
    return isLogin(url) && WAY_BACK.matcher(lower(url)).find();
  }

  private static String lower(String url) {
    return url.toLowerCase(Locale.ROOT).replaceFirst("^https?:/", "");
  }
}
