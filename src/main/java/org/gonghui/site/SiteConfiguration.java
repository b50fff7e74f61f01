package org.gonghui.site;

import java.time.InstantSource;
import org.gonghui.kernel.CityClock;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The two times there are: the city's, and the machine's for what phones compare with; and a look at the settings. */
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

    /** Before anything is made of them. */
    @Bean
    static BeanFactoryPostProcessor settings(Environment environment) {
        return beans -> new Settings(environment).check();
    }
}
