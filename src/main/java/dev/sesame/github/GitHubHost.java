package dev.sesame.github;

import dev.sesame.setting.SettingKeys;
import dev.sesame.setting.Settings;
import java.net.URI;

/// Where GitHub is.
///
/// @param web where its pages and repositories are, without a slash at the end
/// @param api where its REST API is, without a slash at the end
record GitHubHost(String web, String api) {

    /// As the settings have it now. An Enterprise host whose API is not set has it at the usual place: its users'
    /// tokens must not go to github.com.
    static GitHubHost of(Settings settings) {
        String web = settings.get(SettingKeys.GITHUB_URL);
        String api = settings.get(SettingKeys.GITHUB_API_URL);
        boolean enterprise = !web.equals(SettingKeys.GITHUB_URL.defaultValue());
        boolean unset = api.isEmpty() || api.equals(SettingKeys.GITHUB_API_URL.defaultValue());
        return new GitHubHost(web, enterprise && unset ? web + "/api/v3" : api);
    }

    /// The address of a user who shows none.
    String noReply(long id, String login) {
        return id + "+" + login + "@users.noreply." + URI.create(web).getHost();
    }
}
