package io.github.upgradehandler.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@link TokenVerifier#fixed}. */
class TokenVerifierTest {

  @Test
  void a_fixed_verifier_knows_its_tokens_and_no_others() {
    Principal ann = () -> "ann";
    Principal bob = () -> "bob";
    TokenVerifier verifier = TokenVerifier.fixed(Map.of("s3cret", ann, "\u00e4rger", bob));
    assertThat(verifier.verify("s3cret")).contains(ann);
    assertThat(verifier.verify("\u00e4rger")).contains(bob);
    assertThat(verifier.verify("s3cre")).isEmpty();
    assertThat(verifier.verify("s3cret ")).isEmpty();
    assertThat(verifier.verify("S3CRET")).isEmpty();
    assertThat(verifier.verify("")).isEmpty();
  }
}
