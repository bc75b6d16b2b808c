// sigstore-go's library as a peer, with a public key and no log: sigstore-go-key ARTIFACT BUNDLE PUBLIC-KEY.
// The example program of sigstore-go wants a time for each signature, which a bundle with a key alone has not. Exit 0: verified; 1: rejected.
package main

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/sigstore/sigstore-go/pkg/bundle"
	"github.com/sigstore/sigstore-go/pkg/root"
	"github.com/sigstore/sigstore-go/pkg/verify"
	"github.com/sigstore/sigstore/pkg/signature"
)

type oneKey struct {
	root.BaseTrustedMaterial
	verifier root.TimeConstrainedVerifier
}

func (k *oneKey) PublicKeyVerifier(string) (root.TimeConstrainedVerifier, error) {
	return k.verifier, nil
}

func run(artifact, bundlePath, keyPath string) error {
	text, err := os.ReadFile(keyPath)
	if err != nil {
		return err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return errors.New("no PEM")
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return err
	}
	ofKey, err := signature.LoadDefaultVerifier(key)
	if err != nil {
		return err
	}
	trusted := &oneKey{verifier: root.NewExpiringKey(ofKey, time.Time{}, time.Time{})}
	verifier, err := verify.NewVerifier(trusted, verify.WithNoObserverTimestamps())
	if err != nil {
		return err
	}
	signed, err := bundle.LoadJSONFromPath(bundlePath)
	if err != nil {
		return err
	}
	content, err := os.Open(artifact)
	if err != nil {
		return err
	}
	defer content.Close()
	_, err = verifier.Verify(signed, verify.NewPolicy(verify.WithArtifact(content), verify.WithKey()))
	return err
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: sigstore-go-key ARTIFACT BUNDLE PUBLIC-KEY")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "rejected:", err)
		os.Exit(1)
	}
	fmt.Println("verified")
}
