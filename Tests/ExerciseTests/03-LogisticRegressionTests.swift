import Testing

@Suite struct `03 Logistic regression, one example at a time` {
  @Test func `3.1 The sigmoid`() throws { try grade("3.1") }
  @Test func `3.2 x`() throws { try grade("3.2") }
  @Test func `3.3 x`() throws { try grade("3.3") }
  @Test func `3.4 x`() throws { try grade("3.4") }
  @Test func `3.5 x`() throws { try grade("3.5") }
  @Test func `3.6 Cost and gradients with loops`() throws { try grade("3.6") }
}
