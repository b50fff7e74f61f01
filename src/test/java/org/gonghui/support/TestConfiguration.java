package org.gonghui.support;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The beans that a test city has instead of the real ones: only the time. */
@org.springframework.boot.test.context.TestConfiguration(proxyBeanMethods = false)
class TestConfiguration {

    @Bean
    @Primary
    TestTime testTime() {
        return new TestTime();
    }
}
