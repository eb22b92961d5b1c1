package dev.sesame.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.sesame.setting.SettingKeys;
import dev.sesame.setting.Settings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// The OpenID Connect provider of `oidc.*`, as those settings are at the moment: its endpoints are discovered from the
/// issuer, or are the three addresses that are set. Authorization code flow with PKCE, state and nonce. Safe from any
/// thread; blocks while the provider is asked.
@Singleton
final class OidcProvider {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Settings settings;
    private final OwnAddress ownAddress;

    OidcProvider(Settings settings, OwnAddress ownAddress) {
        this.settings = settings;
        this.ownAddress = ownAddress;
    }

    /// The provider refused, could not be reached, or said something that does not hold.
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /// What proves that an answer belongs to a request of ours.
    record Secrets(String state, String nonce, String verifier) {}

    /// Who signed in there.
    ///
    /// @param provider the issuer, or our id for the provider if it names none
    /// @param subject by which the provider always knows this person
    /// @param emailVerified whether the provider says that the address is this person's
    record Identity(
            String provider,
            String subject,
            @Nullable String email,
            boolean emailVerified,
            @Nullable String name) {}

    private record Endpoints(
            URI authorization,
            URI token,
            @Nullable URI userInfo,
            @Nullable Issuer issuer,
            @Nullable URI keys) {}

    boolean offered(String providerId) {
        return settings.get(SettingKeys.OIDC_ENABLED)
                && settings.get(SettingKeys.OIDC_PROVIDER_ID).equals(providerId);
    }

    /// Where to send the browser.
    URI signIn(Secrets secrets) throws Failure {
        return new AuthenticationRequest.Builder(
                        ResponseType.CODE, new Scope("openid", "profile", "email"), clientId(), callback())
                .endpointURI(endpoints().authorization())
                .state(new State(secrets.state()))
                .nonce(new Nonce(secrets.nonce()))
                .codeChallenge(new CodeVerifier(secrets.verifier()), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /// Exchanges the code that the browser brought back.
    Identity identity(String code, Secrets secrets) throws Failure {
        Endpoints endpoints = endpoints();
        OIDCTokens tokens = tokens(endpoints, code, secrets);
        IDTokenClaimsSet claims = claims(endpoints, tokens.getIDToken(), secrets);
        UserInfo info = userInfo(endpoints, tokens);
        if (claims != null && info != null && !claims.getSubject().equals(info.getSubject())) {
            throw new Failure("The provider's ID token and user info are of different people", null);
        }
        UserInfo known = info == null && claims != null ? claims(claims) : info;
        if (known == null) {
            throw new Failure("The provider gives neither an ID token that can be checked nor user info", null);
        }
        Issuer issuer = endpoints.issuer();
        return new Identity(
                issuer == null ? settings.get(SettingKeys.OIDC_PROVIDER_ID) : issuer.getValue(),
                known.getSubject().getValue(),
                known.getEmailAddress(),
                Boolean.TRUE.equals(known.getEmailVerified()),
                known.getName());
    }

    private Endpoints endpoints() throws Failure {
        URI authorization = address(settings.get(SettingKeys.OIDC_AUTHORIZATION_URL));
        URI token = address(settings.get(SettingKeys.OIDC_TOKEN_URL));
        URI userInfo = address(settings.get(SettingKeys.OIDC_USER_INFO_URL));
        String issuer = settings.get(SettingKeys.OIDC_ISSUER);
        if (authorization != null && token != null && userInfo != null) {
            return new Endpoints(authorization, token, userInfo, null, null);
        }
        if (issuer.isEmpty()) {
            throw new Failure("Neither oidc.issuer nor all of the three addresses oidc.…Url are set", null);
        }
        try {
            OIDCProviderMetadata found =
                    OIDCProviderMetadata.resolve(new Issuer(issuer), PATIENCE_MILLIS, PATIENCE_MILLIS);
            return new Endpoints(
                    authorization == null ? found.getAuthorizationEndpointURI() : authorization,
                    token == null ? found.getTokenEndpointURI() : token,
                    userInfo == null ? found.getUserInfoEndpointURI() : userInfo,
                    found.getIssuer(),
                    found.getJWKSetURI());
        } catch (GeneralException | IOException e) {
            throw new Failure("The provider's configuration can't be had from " + issuer + ": " + e.getMessage(), e);
        }
    }

    private OIDCTokens tokens(Endpoints endpoints, String code, Secrets secrets) throws Failure {
        var grant = new AuthorizationCodeGrant(
                new AuthorizationCode(code), callback(), new CodeVerifier(secrets.verifier()));
        String secret = settings.get(SettingKeys.OIDC_CLIENT_SECRET);
        TokenRequest request = secret.isEmpty()
                ? new TokenRequest.Builder(endpoints.token(), clientId(), grant).build()
                : new TokenRequest.Builder(endpoints.token(), authentication(secret), grant).build();
        try {
            var response = OIDCTokenResponseParser.parse(
                    patient(request.toHTTPRequest()).send());
            if (!response.indicatesSuccess()) {
                throw new Failure(
                        "The provider refused the code: "
                                + response.toErrorResponse().getErrorObject().getCode(),
                        null);
            }
            return ((OIDCTokenResponse) response.toSuccessResponse()).getOIDCTokens();
        } catch (ParseException | IOException e) {
            throw new Failure("The provider's answer to the code is not understood", e);
        }
    }

    private ClientAuthentication authentication(String secret) throws Failure {
        return new ClientSecretBasic(clientId(), new Secret(secret));
    }

    // Without the provider's keys the token proves nothing, and user info alone counts.
    private @Nullable IDTokenClaimsSet claims(Endpoints endpoints, @Nullable JWT token, Secrets secrets)
            throws Failure {
        Issuer issuer = endpoints.issuer();
        URI keys = endpoints.keys();
        if (token == null || issuer == null || keys == null) {
            return null;
        }
        try {
            JWSAlgorithm algorithm =
                    JWSAlgorithm.parse(token.getHeader().getAlgorithm().getName());
            if (!JWSAlgorithm.Family.SIGNATURE.contains(algorithm)) {
                throw new Failure("The provider's ID token is signed in a way that is not taken: " + algorithm, null);
            }
            // By itself the library waits half a second for the keys, which a far provider may need for a connection.
            var patient = new DefaultResourceRetriever(
                    PATIENCE_MILLIS, PATIENCE_MILLIS, JWKSourceBuilder.DEFAULT_HTTP_SIZE_LIMIT);
            return new IDTokenValidator(issuer, clientId(), algorithm, keys.toURL(), patient)
                    .validate(token, new Nonce(secrets.nonce()));
        } catch (BadJOSEException | JOSEException | IOException e) {
            throw new Failure("The provider's ID token does not hold: " + e.getMessage(), e);
        }
    }

    private static UserInfo claims(IDTokenClaimsSet claims) {
        UserInfo info = new UserInfo(claims.getSubject());
        info.setEmailAddress(claims.getStringClaim("email"));
        info.setEmailVerified(claims.getBooleanClaim("email_verified"));
        info.setName(claims.getStringClaim("name"));
        return info;
    }

    private static @Nullable UserInfo userInfo(Endpoints endpoints, OIDCTokens tokens) throws Failure {
        URI address = endpoints.userInfo();
        if (address == null) {
            return null;
        }
        try {
            var request = new UserInfoRequest(address, tokens.getBearerAccessToken());
            UserInfoResponse response =
                    UserInfoResponse.parse(patient(request.toHTTPRequest()).send());
            if (!response.indicatesSuccess()) {
                throw new Failure("The provider refused to give user info", null);
            }
            return response.toSuccessResponse().getUserInfo();
        } catch (ParseException | IOException e) {
            throw new Failure("The provider's user info is not understood", e);
        }
    }

    private static HTTPRequest patient(HTTPRequest request) {
        request.setConnectTimeout(PATIENCE_MILLIS);
        request.setReadTimeout(PATIENCE_MILLIS);
        request.setFollowRedirects(false);
        return request;
    }

    private ClientID clientId() throws Failure {
        String id = settings.get(SettingKeys.OIDC_CLIENT_ID);
        if (id.isEmpty()) {
            throw new Failure("oidc.clientId is not set", null);
        }
        return new ClientID(id);
    }

    private URI callback() {
        return URI.create(ownAddress.of("/api/auth/oauth2/callback/" + settings.get(SettingKeys.OIDC_PROVIDER_ID)));
    }

    private static @Nullable URI address(String setting) {
        return setting.isEmpty() ? null : URI.create(setting);
    }
}
