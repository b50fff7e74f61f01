package org.gonghui;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.modulith.Modulithic;

/** Gonghui: one platform for all the unions of a city. One process serves one city in one database. */
@SpringBootApplication(proxyBeanMethods = false)
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
            "employer",
            "access",
            "phone"
        })
public class GonghuiApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(GonghuiApplication.class, arguments);
    }
}
