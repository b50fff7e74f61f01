package org.gonghui.support;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** The beans that a test city has beside the real ones, or, for the time, instead. */
@org.springframework.boot.test.context.TestConfiguration(proxyBeanMethods = false)
class TestConfiguration {

    @Bean
    @Primary
    TestTime testTime() {
        return new TestTime();
    }

    @Bean
    Visitors visitors(Environment environment) {
        return new Visitors(environment);
    }
}
