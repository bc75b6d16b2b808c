/// What keys in a service have in common, whoever runs the service: how often and how long it is asked ([CallBudget]), what can go
/// wrong ([Fault]), and the key back end itself ([ServiceBackend]), to which a vendor's package adds only its [KeyService].
@NullMarked
package dev.chancery.adapters.kms.service;

import org.jspecify.annotations.NullMarked;
