package org.gonghui.site;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** What depends on how the city is reached; what stands on every answer, {@link RightsTests} asks over HTTP. */
class StrictHeadersTests {

    private static final String HEADER = "Strict-Transport-Security";

    @Test
    void whereTheCityIsReachedByHttpsItStaysSo() throws ServletException, IOException {
        assertThat(answer("https://union.example").getHeader(HEADER)).isEqualTo("max-age=31536000; includeSubDomains");
        assertThat(answer("http://localhost:8080").getHeader(HEADER)).isNull();
    }

    private static MockHttpServletResponse answer(String publicUrl) throws ServletException, IOException {
        var response = new MockHttpServletResponse();
        new StrictHeaders(publicUrl).doFilter(new MockHttpServletRequest("GET", "/"), response, new MockFilterChain());
        return response;
    }
}
