package org.gonghui;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurationExcludeFilter;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.modulith.Modulithic;

/** Gonghui: one platform for all the unions of a city. One process serves one city in one database. */
@SpringBootApplication(proxyBeanMethods = false)
@ComponentScan(
        // No bean is a nested class, and those are more than half of what a start would read.
        resourcePattern = "**/{name:[^$]+}.class",
        excludeFilters = {
            @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class),
            @Filter(type = FilterType.CUSTOM, classes = AutoConfigurationExcludeFilter.class)
        })
@Modulithic(
        systemName = "Gonghui",
        sharedModules = {
            "kernel",
            "database",
            "seal",
            "limit",
            "audit",
            "layout",
            "measure",
            "org",
            "member",
            "access",
            "phone"
        })
public class GonghuiApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(GonghuiApplication.class, arguments);
    }
}
