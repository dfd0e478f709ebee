/*!40101 SET NAMES binary*/;
/*!40014 SET FOREIGN_KEY_CHECKS=0*/;

/*!40103 SET TIME_ZONE='+00:00' */;
CREATE TABLE `waybills` (
  `waybill_no` varchar(12) NOT NULL,
  `receiver` varchar(40) NOT NULL,
  `receiver_tel` varchar(20) NOT NULL,
  `receiver_addr` varchar(120) NOT NULL,
  `idno` char(10) DEFAULT NULL,
  `goods_name` varchar(80) NOT NULL,
  `shipped_at` date NOT NULL,
  PRIMARY KEY (`waybill_no`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
