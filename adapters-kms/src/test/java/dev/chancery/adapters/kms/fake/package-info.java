/// What the fakes of services have in common: keys that sign digests, and failures on demand. The fakes themselves stand beside the
/// adapters they are for, in their tests, because they speak through the vendors' own types, which testkit must not carry.
@NullMarked
package dev.chancery.adapters.kms.fake;

import org.jspecify.annotations.NullMarked;
