package dev.sesame.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// What holds for every body that a resource reads: it is there, it says that it is JSON, it is not too large.
@Provider
public final class BodyRules implements ReaderInterceptor {
    private final RoutingContext request;

    BodyRules(RoutingContext request) {
        this.request = request;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        // The framework refuses a wrong type, but takes none as the right one.
        if (!request.request().headers().contains(HttpHeaders.CONTENT_TYPE)) {
            throw Problem.UNSUPPORTED_MEDIA_TYPE.because("The body must be sent as Content-Type: application/json");
        }
        context.setInputStream(new Limited(context.getInputStream()));
        Object body = context.proceed();
        if (body == null) {
            throw Problem.BAD_REQUEST.because("The body is missing");
        }
        return body;
    }

    private static final class Limited extends FilterInputStream {
        private long read;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int some = super.read(buffer, offset, length);
            count(Math.max(some, 0));
            return some;
        }

        private void count(int bytes) {
            read += bytes;
            if (read > Edge.BODY_LIMIT) {
                throw Problem.PAYLOAD_TOO_LARGE.because("The body is larger than 1 MiB");
            }
        }
    }
}
