package org.gonghui.site;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.ServletRegistrationBean;

/** A server that is slow between a servlet's end and the answer's end, as a busy machine makes it. */
class LastAnswersTests {

    private static final long LATE_MILLIS = 300;

    private final CountDownLatch begun = new CountDownLatch(1);

    @Test
    void anAnswerThatIsWrittenLateArrives() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            CompletableFuture<HttpResponse<String>> answer;
            try (var city = new ServletWebServerApplicationContext()) {
                city.registerBean("factory", TomcatServletWebServerFactory.class, this::slowServer);
                city.registerBean(
                        "pages", ServletRegistrationBean.class, () -> new ServletRegistrationBean<>(new Page()));
                city.registerBean(LastAnswers.class);
                city.refresh();
                var page = URI.create("http://localhost:"
                        + requireNonNull(city.getWebServer()).getPort() + "/");
                answer = client.sendAsync(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
                assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("written");
        }
    }

    private TomcatServletWebServerFactory slowServer() {
        var factory = new TomcatServletWebServerFactory(0);
        factory.setShutdown(Shutdown.GRACEFUL);
        factory.addEngineValves(new LateEnd());
        return factory;
    }

    private final class Page extends GenericServlet {

        private static final long serialVersionUID = 1;

        @Override
        public void service(ServletRequest request, ServletResponse response) throws IOException {
            begun.countDown();
            response.getWriter().write("written");
        }
    }

    private static final class LateEnd extends ValveBase {

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            getNext().invoke(request, response);
            try {
                Thread.sleep(LATE_MILLIS);
            } catch (InterruptedException e) {
                throw new ServletException(e);
            }
        }
    }
}
