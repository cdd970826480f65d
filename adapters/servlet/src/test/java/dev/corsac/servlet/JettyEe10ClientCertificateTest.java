package dev.corsac.servlet;

class JettyEe10ClientCertificateTest extends JettyClientCertificateTest {

  @Override
  JettyTest test() {
    return new JettyEe10Test();
  }
}
