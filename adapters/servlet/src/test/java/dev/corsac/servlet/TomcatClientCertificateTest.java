package dev.corsac.servlet;

import dev.corsac.Cors;
import dev.corsac.contract.Application;
import dev.corsac.contract.ClientCertificateContract;
import dev.corsac.contract.Protocol;
import dev.corsac.contract.Server;
import dev.corsac.contract.TlsKeys;
import java.util.EnumSet;
import java.util.Set;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

class TomcatClientCertificateTest extends ClientCertificateContract {

  @Override
  protected Set<Protocol> protocols() {
    return EnumSet.allOf(Protocol.class);
  }

  @Override
  protected Server start(Cors cors, Application application, TlsKeys keys) throws Exception {
    Tomcat tomcat = TomcatTest.create(cors, application);
    SSLHostConfig tls = new SSLHostConfig();
    tls.setCertificateVerification("optional");
    tls.setTruststoreFile(keys.file().toString());
    tls.setTruststorePassword(keys.password());
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setCertificateKeystoreFile(keys.file().toString());
    certificate.setCertificateKeystorePassword(keys.password());
    certificate.setCertificateKeyAlias("own");
    tls.addCertificate(certificate);
    Connector connector = tomcat.getConnector();
    connector.setSecure(true);
    connector.setScheme("https");
    connector.setProperty("SSLEnabled", "true");
    connector.addSslHostConfig(tls);
    return TomcatTest.start(tomcat);
  }
}
