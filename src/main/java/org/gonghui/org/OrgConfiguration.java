package org.gonghui.org;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** What is planned for the tree happens on its day, whether anybody asks or not. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class OrgConfiguration {}
