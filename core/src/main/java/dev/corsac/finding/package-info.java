/**
 * What is wrong or unwise in a policy, as a value: the {@linkplain dev.corsac.finding.Rule rule}
 * that is broken, the {@linkplain dev.corsac.finding.SettingPath place}, the reason and the fix.
 */
@NullMarked
package dev.corsac.finding;

import org.jspecify.annotations.NullMarked;
