package dev.sesame.admin;

import dev.sesame.auth.Secret;
import dev.sesame.http.Problem;
import dev.sesame.http.ProblemException;
import dev.sesame.setting.SettingKeys;
import dev.sesame.setting.Settings;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `GET /metrics`, for Prometheus and its kin: whoever has the token of the setting `metrics.token`, and nobody while
/// there is none. Not a part of the API.
@Path("/metrics")
@RunOnVirtualThread
public class MetricsResource {
    private static final String SCHEME = "Bearer ";

    private final Settings settings;
    private final Metrics metrics;

    MetricsResource(Settings settings, Metrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
    }

    /// @param accept which of the formats of Prometheus is wanted; the plain text one if it names none
    @GET
    public Response get(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept)
            throws IOException {
        String token = settings.get(SettingKeys.METRICS_TOKEN);
        if (token.isEmpty()) {
            throw Problem.NOT_FOUND.because("Metrics are off; an admin switches them on by the setting metrics.token");
        }
        if (authorization == null || !Secret.same(SCHEME + token, authorization)) {
            throw new ProblemException(
                    Problem.UNAUTHORIZED,
                    "Metrics need the header Authorization: Bearer, with the token of the setting metrics.token",
                    Map.of(),
                    Map.of("WWW-Authenticate", "Bearer"));
        }
        ExpositionFormatWriter format = ExpositionFormats.init().findWriter(accept);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        format.write(text, metrics.look());
        return Response.ok(text.toByteArray(), format.getContentType())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
