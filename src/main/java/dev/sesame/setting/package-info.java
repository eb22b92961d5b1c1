/// Settings: one typed table of all keys ([SettingKeys]) and their values in force ([Settings]); beside it what the
/// process needs before it has any of them ([ServerConfig], [EncryptionKeys]). Depends on nothing of ours.
@NullMarked
package dev.sesame.setting;

import org.jspecify.annotations.NullMarked;
