/*!40101 SET NAMES binary*/;
/*!40014 SET FOREIGN_KEY_CHECKS=0*/;

/*!40103 SET TIME_ZONE='+00:00' */;
CREATE TABLE `decoys` (
  `id` int(11) NOT NULL,
  `order_no` bigint(20) NOT NULL,
  `ean` bigint(20) NOT NULL,
  `imei` bigint(20) NOT NULL,
  `created_ms` bigint(20) NOT NULL,
  `md5` char(32) NOT NULL,
  `sha256` char(64) NOT NULL,
  `lat` decimal(9,6) NOT NULL,
  `lng` decimal(9,6) NOT NULL,
  `uuid` char(36) NOT NULL,
  `trade_no` varchar(20) NOT NULL,
  `invoice_no` char(10) NOT NULL,
  `tcat_no` varchar(14) NOT NULL,
  `thumb` blob DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
