package org.gonghui.database;

import org.gonghui.kernel.CannotStart;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** How a command of {@code bin/} begins and ends: no pages, one sentence when it cannot be done, and an exit code. */
public final class Command {

    /** What is done between; returns the exit code. */
    @FunctionalInterface
    public interface Work {
        /** Does it; {@link CannotStart} says in one sentence why not. */
        int run(ApplicationContext context) throws InterruptedException;
    }

    private Command() {}

    /** Runs a command, which imports {@link CommandDatabase}, and ends the process: with 1 when it could not be done. */
    public static void run(Class<?> command, String[] arguments, Work work) throws InterruptedException {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(command)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(arguments);
        int code = 1;
        try {
            code = work.run(context);
        } catch (CannotStart no) {
            LoggerFactory.getLogger(command).error(no.getMessage());
        }
        int ended = code;
        System.exit(SpringApplication.exit(context, () -> ended));
    }
}
