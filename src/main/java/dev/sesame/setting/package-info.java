/// Settings: one typed table of all keys ([SettingKeys]), their values from environment, database, file and default
/// ([Settings]).
@NullMarked
package dev.sesame.setting;

import org.jspecify.annotations.NullMarked;
