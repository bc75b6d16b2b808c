@NullMarked
package dev.chancery.adapters.kms.service;

import org.jspecify.annotations.NullMarked;
