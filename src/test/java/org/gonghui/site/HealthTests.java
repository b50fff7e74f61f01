package org.gonghui.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.gonghui.support.CityTest;
import org.gonghui.support.Visitors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;

/** What containers and balancers ask; what a database that is away does to it, StoppingStory tries. */
@CityTest
class HealthTests {

    @Autowired
    private Visitors visitors;

    @Autowired
    private ApplicationContext context;

    @Test
    void anOpenCityLivesAndIsReadyAndTellsStrangersNothingElse() {
        assertThat(ask("/site/live").body()).isEqualTo("live");
        HttpResponse<String> ready = ask("/site/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("ready");
        assertThat(ready.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void aNodeThatIsToldToStopIsNotReadyAndStillAnswers() {
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        try {
            assertThat(ask("/site/ready").statusCode()).isEqualTo(503);
            assertThat(ask("/site/live").statusCode()).isEqualTo(200);
            assertThat(ask("/").statusCode()).isEqualTo(200);
        } finally {
            AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
        }
        assertThat(ask("/site/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsAreNowhereUnlessAPortIsNamedAndNeverOnThisOne() {
        assertThat(ask("/metrics").statusCode()).isEqualTo(404);
        assertThat(ask("/actuator").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> ask(String address) {
        return visitors.fresh().get(address);
    }
}
