package org.gonghui.member;

import java.util.Optional;

/**
 * Someone who is to become a member, as checked input.
 *
 * @param phone empty for someone who has none
 * @param employment what they work as now
 */
public record Person(String name, IdentityNumber identity, Optional<PhoneNumber> phone, Employment employment) {}
