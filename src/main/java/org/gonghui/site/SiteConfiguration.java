package org.gonghui.site;

import java.time.InstantSource;
import org.gonghui.kernel.CityClock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The two times there are: the city's, and the machine's for what phones compare with. */
@Configuration(proxyBeanMethods = false)
class SiteConfiguration {

    @Bean
    CityClock clock(InstantSource machineTime) {
        return new CityClock(machineTime);
    }

    @Bean
    InstantSource machineTime() {
        return InstantSource.system();
    }
}
